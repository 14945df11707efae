/* In a frame whose question was a vote (?embed=name&voted) the explorer asks none of its own. */
document.documentElement.classList.toggle("voted", new URLSearchParams(location.search).has("voted"));
