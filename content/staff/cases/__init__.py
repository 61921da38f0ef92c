"""Cases and consents: their forms, lists and pages."""
