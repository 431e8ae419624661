// Between places in a line and places in its text: for carets, clicks and selections.
#pragma once

#include <cstddef>

#include "client/ui/text/typesetter.h"

namespace daftar::text {

// How far from the line's left end a caret stands that is before that byte of the text: at the side of the next letter
// where its reader arrives first; behind the last letter at the end.
float CaretAt(const Line& line, size_t byte);

// The byte before which a caret stands that is put there.
size_t ByteNear(const Line& line, float x);

}  // namespace daftar::text
