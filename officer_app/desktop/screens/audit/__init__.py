"""The auditor's window: filters, samples, evidence, logs; nothing in it can be changed."""
