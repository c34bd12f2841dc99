"""The client that Jupyter's managers use for a warm kernel: it waits until outputs reach it, and no longer."""

from __future__ import annotations

import math
import time
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient

# How long we wait for an output until we ask for another: one sent before we listened is lost.
ON_ITS_WAY = 0.03


class ReadyClient(AsyncKernelClient):  # type: ignore[misc]
    """A client for a kernel that already takes requests.

    Jupyter's own client waits for 0.2 seconds of silence, because it cannot know what else a starting kernel may send.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until both a reply and an output have come; RuntimeError if they do not, or the kernel has ended."""
        deadline = time.monotonic() + (math.inf if timeout is None else timeout)
        while not await self._both_come():
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    async def _both_come(self) -> bool:
        request = self.kernel_info()
        try:
            reply = await self._async_recv_reply(request, timeout=1)
            while True:
                output = await self.get_iopub_msg(timeout=ON_ITS_WAY)
                if (
                    output["parent_header"].get("msg_id") == request
                    and output["content"].get("execution_state") == "idle"
                ):
                    break
        except (Empty, TimeoutError):
            return False
        self._handle_kernel_info_reply(reply)
        return True
