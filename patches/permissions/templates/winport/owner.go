package winport

import (
	"os"
	"runtime"
)

// Chown is os.Chown where files have owners by number. On Windows the owner stays; a name that does
// not exist is an error there, too.
func Chown(name string, uid, gid int) error {
	if runtime.GOOS != "windows" {
		return os.Chown(name, uid, gid)
	}
	_, err := os.Stat(name)
	return err
}

// Lchown is to os.Lchown what Chown is to os.Chown.
func Lchown(name string, uid, gid int) error {
	if runtime.GOOS != "windows" {
		return os.Lchown(name, uid, gid)
	}
	_, err := os.Lstat(name)
	return err
}

// ChownFile is to (*os.File).Chown what Chown is to os.Chown.
func ChownFile(f *os.File, uid, gid int) error {
	if runtime.GOOS != "windows" {
		return f.Chown(uid, gid)
	}
	_, err := f.Stat()
	return err
}
