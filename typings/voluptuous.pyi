# Home Assistant answers "import voluptuous" with probatio; the types follow it here.
from probatio import *
