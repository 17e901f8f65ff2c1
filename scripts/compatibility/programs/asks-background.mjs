/* global chrome, document */
// A page of an extension that lets the background code, and says in its title what came of it.
document.title = (await chrome.runtime.sendMessage("code")) ?? "Error: the background did not answer";
