"""Pictures and sound of a call, in a process of their own: the tablet's to the wall's screen and
loudspeaker, the wall's to the tablet. Knows no network but loopback, where the tablets' server
brings and takes the packets."""
