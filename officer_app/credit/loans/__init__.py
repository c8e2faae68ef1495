"""Loans as contracts: day counts, repayment schedules row by row, and what the money costs."""
