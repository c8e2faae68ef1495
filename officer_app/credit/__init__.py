"""The craft of lending, pure: facts and policy in, an explained assessment out."""
