//! Invitations by email.
