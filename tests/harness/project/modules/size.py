"""What a test changes to have another synth."""

SIZE = 2
