"""Installing the kit: what students install works by itself, in virtual environments of the tests' own."""
