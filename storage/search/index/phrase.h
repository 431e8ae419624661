// A phrase in one segment: words side by side.
#pragma once

#include <cstdint>
#include <vector>

#include "storage/search/index/segment.h"

namespace daftar::search {

class Phrase {
 public:
  // The words in order, each with where it stands behind the first. `levels`: a document counts if each word stands in
  // it in one of these.
  struct Word {
    TermRef term;
    uint32_t offset = 0;
    uint8_t levels = 0xff;
  };
  // REQUIRES: at least one word.
  Phrase(const Segment& segment, std::vector<Word> words);

  // An upper bound of its documents.
  uint64_t docs() const;
  // The documents of a chunk. REQUIRES: ascending chunks.
  Status Docs(uint32_t chunk, DocSet& out);
  // Leaves those of some documents of a chunk. REQUIRES: ascending chunks; not beside Docs.
  Status Keep(uint32_t chunk, DocSet& docs);

 private:
  struct Part {
    Word word;
    PostingsCursor postings;
    PositionsCursor positions;
    const DocSet* all;  // documents of the chunk, in all levels: what positions are counted by
  };
  // Goes to the chunk with a part and keeps the documents that have it.
  Status KeepPart(uint32_t chunk, Part& part, DocSet& docs);
  // Keeps the documents in which the words stand side by side. REQUIRES: all have all parts.
  Status Verify(uint32_t chunk, DocSet& docs);

  std::vector<Part> parts_;  // rarest first
};

}  // namespace daftar::search
