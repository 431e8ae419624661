#include "storage/search/index/phrase.h"

#include <algorithm>

namespace daftar::search {

Phrase::Phrase(const Segment& segment, std::vector<Word> words) {
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.term.docs < b.term.docs; });
  for (const Word& word : words) {
    parts_.push_back({word, segment.Postings(word.term), segment.Positions(word.term), nullptr});
  }
}

uint64_t Phrase::docs() const { return parts_.empty() ? 0 : parts_[0].word.term.docs; }

Status Phrase::Docs(uint32_t chunk, DocSet& out) {
  out.Clear();
  Part& rarest = parts_[0];
  DAFTAR_ASSIGN_OR_RETURN(const bool found, rarest.postings.Seek(chunk));
  if (!found) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const ChunkPostings* postings, rarest.postings.Load());
  out = postings->all();
  return Keep(chunk, out);
}

Status Phrase::Keep(uint32_t chunk, DocSet& docs) {
  for (Part& part : parts_) {
    if (docs.empty()) return OkStatus();
    DAFTAR_RETURN_IF_ERROR(KeepPart(chunk, part, docs));
  }
  return parts_.size() > 1 && !docs.empty() ? Verify(chunk, docs) : OkStatus();
}

Status Phrase::KeepPart(uint32_t chunk, Part& part, DocSet& docs) {
  DAFTAR_ASSIGN_OR_RETURN(const bool found, part.postings.Seek(chunk));
  if (!found) {
    docs.Clear();
    return OkStatus();
  }
  DAFTAR_ASSIGN_OR_RETURN(const ChunkPostings* postings, part.postings.Load());
  part.all = &postings->all();
  if ((postings->mask() & ~part.word.levels) == 0) {
    docs.And(*part.all);
    return OkStatus();
  }
  if ((postings->mask() & part.word.levels) == 0) {
    docs.Clear();
    return OkStatus();
  }
  DAFTAR_RETURN_IF_ERROR(part.postings.LoadLevels());
  postings->Keep(part.word.levels, docs);
  return OkStatus();
}

Status Phrase::Verify(uint32_t chunk, DocSet& docs) {
  std::vector<RankWalk> ranks;
  for (Part& part : parts_) {
    DAFTAR_RETURN_IF_ERROR(part.positions.Seek(chunk));
    ranks.emplace_back(*part.all);
  }
  std::vector<uint16_t> kept;
  std::vector<uint32_t> starts, places;
  Status failed;
  docs.ForEach([&](uint16_t doc) {
    if (!failed.ok()) return;
    starts.clear();
    for (size_t i = 0; i < parts_.size(); ++i) {
      if (failed = parts_[i].positions.Places(ranks[i].RankOf(doc), places); !failed.ok()) return;
      const uint32_t offset = parts_[i].word.offset;
      std::erase_if(places, [offset](uint32_t place) { return place < offset; });
      for (uint32_t& place : places) place -= offset;
      if (i == 0) {
        starts.swap(places);
      } else {
        std::erase_if(starts, [&](uint32_t start) { return !std::binary_search(places.begin(), places.end(), start); });
      }
      if (starts.empty()) return;
    }
    kept.push_back(doc);
  });
  docs.Assign(std::move(kept));
  return failed;
}

}  // namespace daftar::search
