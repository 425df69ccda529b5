"""Work that spans areas or brings data in and out: above models and data, without any screen."""
