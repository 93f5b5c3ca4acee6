#include "transformer/facts/go_format.h"

namespace windlass {

EditSet RealignGo(const Tree&, const EditSet& edits) {
  return edits;
}

}  // namespace windlass
