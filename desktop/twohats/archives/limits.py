"""How much of an archive is read at the most. What goes beyond is refused and said so; real archives stay far below."""

MIB = 1024 * 1024

MOST_TEXT_BYTES = 1024 * MIB  # of all files with posts together, unpacked: a million posts
MOST_TAPE_BYTES = 64 * 1024 * MIB  # of a tar with its pictures and films, which must be passed by
MOST_RATIO = 200  # bytes unpacked for each one packed; text of posts has 5 to 20
FREE_BYTES = 16 * MIB  # unpacked before the ratio counts
MOST_AT_ONCE_BYTES = 16 * MIB  # one piece that must be held in memory: a zip's list of files, a tar's long names
MOST_FILES = 200_000
MOST_POST_BYTES = 4 * MIB  # what an archive says of one post, as it stands there
MOST_POST_EVENTS = 50_000  # values in it
MOST_POST_CHARACTERS = 100_000  # words of one post: a book of 50 pages
MOST_DEPTH = 64
MOST_NOTES_BYTES = 32 * MIB  # long posts of X kept until their short forms come by
CHUNK_BYTES = 64 * 1024
