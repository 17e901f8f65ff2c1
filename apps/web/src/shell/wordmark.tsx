/** The name, and a stem cut through: rings around the pith. */
export function Wordmark() {
  return (
    <p class="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <circle class="ring" cx="16" cy="16" r="14.5" />
        <circle class="ring" cx="16.6" cy="16" r="10.4" />
        <circle class="ring" cx="17.2" cy="16" r="6.8" />
        <circle class="core" cx="17.6" cy="16" r="3.4" />
      </svg>
      Pith
    </p>
  );
}
