// The reference page: Swagger UI over our own document. "Try it out" calls this very origin, and the token that is typed into
// "Authorize" stays in memory.
"use strict";

const base = new URL(".", location.href).href.replace(/\/$/, "");
const media = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", media.matches);
media.addEventListener("change", follow);
follow();

window.SwaggerUIBundle({
  dom_id: "#reference",
  url: base + "/openapi.yaml",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  filter: true,
  // Nothing is told to anybody else.
  validatorUrl: null,
  persistAuthorization: false,
  plugins: [
    () => ({
      statePlugins: {
        spec: {
          wrapActions: {
            updateJsonSpec: (original) => (document) =>
              original({ ...document, servers: [{ url: base, description: "Where this page comes from" }] }),
          },
        },
      },
    }),
  ],
});
