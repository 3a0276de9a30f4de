"""The door for agents: a Model Context Protocol server over core, which reads and does nothing else.

Each thing it tells stands with its source: medium, title, address, when it was captured, the snapshot, the
place of the words in its text and the words themselves. They come from archived pages, and are told as such:
material to judge, never instructions. `told` has the shapes, `tools` what may be asked, `server` speaks the
protocol.

Thin: no prompts, no resources, no notices; evidence for tasks is what stands in the plan itself.
"""
