"""The contact sheet of a case: wished-for shots as empty frames, pictures with what the rules say of them."""
