"""How well the recogniser does on what people labelled: stills, recorded and made-up sessions."""
