"""Keys, certificates, seals and signatures."""
