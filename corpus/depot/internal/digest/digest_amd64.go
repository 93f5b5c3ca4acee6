package digest

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/bits"
	"unsafe"
)

const (
	prime1 = 0x9e3779b185ebca87
	prime2 = 0xc2b2ae3d27d4eb4f
)

// ErrSeed is returned by New for the one seed that makes every sum zero.
var ErrSeed = errors.New("digest: seed 0 is reserved")

// Hasher sums a stream eight bytes at a time. It reads words straight from the caller's buffer,
// wherever they begin; only amd64 was ever tried.
type Hasher struct {
	sum  uint64
	size uint64
	tail [8]byte
	n    int
}

// New returns a Hasher that starts from seed.
func New(seed uint64) (*Hasher, error) {
	if seed == 0 {
		return nil, ErrSeed
	}
	return &Hasher{sum: seed}, nil
}

// Write adds p to the sum. It never fails.
func (h *Hasher) Write(p []byte) (int, error) {
	written := len(p)
	h.size += uint64(written)
	if h.n > 0 {
		c := copy(h.tail[h.n:], p)
		h.n += c
		p = p[c:]
		if h.n < len(h.tail) {
			return written, nil
		}
		h.mix(binary.LittleEndian.Uint64(h.tail[:]))
		h.n = 0
	}
	for len(p) >= 8 {
		h.mix(*(*uint64)(unsafe.Pointer(&p[0])))
		p = p[8:]
	}
	h.n = copy(h.tail[:], p)
	return written, nil
}

// Hex returns the sum of all that was written so far.
func (h *Hasher) Hex() string {
	sum := h.sum ^ h.size
	for _, b := range h.tail[:h.n] {
		sum = bits.RotateLeft64(sum^uint64(b)*prime1, 11) * prime2
	}
	sum ^= sum >> 33
	sum *= prime2
	sum ^= sum >> 29
	var out [8]byte
	binary.BigEndian.PutUint64(out[:], sum)
	return hex.EncodeToString(out[:])
}

func (h *Hasher) mix(word uint64) {
	h.sum = bits.RotateLeft64(h.sum^word*prime2, 31) * prime1
}
