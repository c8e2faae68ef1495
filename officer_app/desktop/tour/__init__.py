"""The whole job played through the real windows, by input events alone."""
