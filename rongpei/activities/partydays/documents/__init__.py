"""Papers printed from what is there: minutes, sign-in sheet, the branch's yearly work book. Nothing is typed twice."""
