"""What stands behind the loan: pledges one by one, guarantors with their own sums, the group and its circles."""
