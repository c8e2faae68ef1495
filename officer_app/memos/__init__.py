"""The credit memo and other papers as PDF."""
