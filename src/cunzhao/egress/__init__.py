"""The one gate through which every fetch leaves (invariant 7), and the bounded decoder of what comes back.

`gate.Gate` is a small forward proxy on loopback; `backend.GateBackend` makes httpcore go through it;
`addresses.judge` is its rule; `decode.decode_body` undoes content codings within a limit.

Thin: only CONNECT is served. A browser also sends absolute-form requests for http:// pages; they are
refused with 501 until the browser engine comes. No limit on the amount one tunnel carries (the engine
bounds its bodies itself), no port list, and a refused site is not remembered between runs.
"""
