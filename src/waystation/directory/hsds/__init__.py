"""The directory as others read and write it: Human Services Data Specification 3.0 (Open Referral)."""
