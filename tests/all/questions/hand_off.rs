//! hand_off
