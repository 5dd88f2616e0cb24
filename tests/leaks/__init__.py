"""Nothing that tells who somebody is lies anywhere in plain."""
