package @package

import (
	"os"
	"runtime/debug"
	"syscall"
	"unsafe"
)

// The memory of a Windows container is limited by the job that its processes belong to.
func init() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if limit := jobMemoryLimit(); limit > 0 {
		debug.SetMemoryLimit(int64(limit / 10 * 9))
	}
}

// jobMemoryLimit gives the limit of this process's job in bytes, 0 if there is none.
func jobMemoryLimit() uint64 {
	const extendedLimitInformation, limitJobMemory = 9, 0x200
	var info struct {
		basic struct {
			processTime, jobTime int64
			flags                uint32
			minimum, maximum     uintptr
			processes            uint32
			affinity             uintptr
			priority, schedule   uint32
		}
		io                               [6]uint64
		processMemory, jobMemory         uintptr
		peakProcessMemory, peakJobMemory uintptr
	}
	query := syscall.NewLazyDLL("kernel32.dll").NewProc("QueryInformationJobObject")
	if query.Find() != nil {
		return 0
	}
	done, _, _ := query.Call(0, extendedLimitInformation, uintptr(unsafe.Pointer(&info)), unsafe.Sizeof(info), 0)
	if done == 0 || info.basic.flags&limitJobMemory == 0 {
		return 0
	}
	return uint64(info.jobMemory)
}
