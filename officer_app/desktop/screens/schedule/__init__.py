"""The repayment schedule of the open case: rows, price, another way beside it, paying early, the disclosure sheet."""
