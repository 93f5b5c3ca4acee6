package winport

// Umask does nothing: Windows has no such mask, new files inherit the access rights of their folder.
func Umask(mask int) int { return 0 }
