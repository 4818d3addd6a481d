//! Files in: what an export is, why we think so, and its samples as a stream.
