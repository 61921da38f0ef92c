"""A clinician's signature, bound to exactly what a patient reads; the gate before publishing; review dates."""
