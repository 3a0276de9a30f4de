"""What all formats have in common: outline, official fields, a notice and its plan, compilations."""
