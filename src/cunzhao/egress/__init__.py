"""The one gate through which every fetch leaves (invariant 7), and the bounded decoder of what comes back.

`gate.Gate` is a small forward proxy on loopback: `heads` reads what is asked, `reaching` resolves, vets and
connects, `passage` serves one caller with `carrying`, `seen` keeps what was done by label (a page).
`addresses.judge` is its rule. `backend.GateBackend` makes httpcore go through it, `chromium_flags` leaves
Chromium no other way; `decode.decode_body` undoes content codings within a limit.

Thin: no port list, and a refused site is not remembered between runs.
"""
