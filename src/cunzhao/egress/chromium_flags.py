"""Flags that leave Chromium no way but the gate. Measured with Chromium 156 under strace."""

from __future__ import annotations


def chromium_flags(gate_address: tuple[str, int]) -> list[str]:
    """Command line flags for a Chromium whose every connection must go through the gate at this address.

    The credential is not among them: it is answered when the gate asks (407), for each browser context its
    own label. Beside these the caller sets what is not about the network (headless, sandbox, profile).
    """
    host, port = gate_address
    return [
        f"--proxy-server=http://{host}:{port}",
        # Without it Chromium goes round the proxy for loopback and link-local hosts.
        "--proxy-bypass-list=<-loopback>",
        # No name is resolved by Chromium itself, not for dns-prefetch, nor for a look at the network.
        f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {host}",
        "--dns-prefetch-disable",
        # UDP has no way through a proxy like ours: no HTTP/3, no WebRTC but through the proxy.
        "--disable-quic",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        # What Chromium fetches on its own account: updates, lists, reports, guesses of what comes next.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--disable-default-apps",
        "--disable-client-side-phishing-detection",
        "--no-pings",
        "--no-first-run",
    ]
