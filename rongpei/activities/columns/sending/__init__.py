"""The same article for the hospital paper (Word), for WeChat (HTML that keeps its look), for display boards (poster)."""
