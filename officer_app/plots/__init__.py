"""An assessment in, drawing primitives out; the memo and the window draw the same."""
