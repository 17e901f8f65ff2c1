import "./shared/trusted-types.ts";
import { render } from "preact";
import { App } from "./shell/app.tsx";
import { keepForOffline } from "./shell/offline.ts";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/controls.css";
import "./styles/compress.css";
import "./styles/microscope.css";
import "./styles/pairs.css";
import "./styles/patterns.css";

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no element with the id app");
root.replaceChildren();
render(<App />, root);
keepForOffline(root);
