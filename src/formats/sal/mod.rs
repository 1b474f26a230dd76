//! SAL: interfaces (XML), layouts, text messages.
