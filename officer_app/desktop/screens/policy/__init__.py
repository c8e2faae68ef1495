"""Head office writes the policy: versions, values, differences, and what another one would change."""
