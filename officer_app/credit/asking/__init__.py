"""What may be asked next, by subject: each module proposes questions with the facts their answers would leave."""
