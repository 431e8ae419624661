// Names of known actors and places in a passage: see candidates.h.
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "client/forms/candidates.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/search/analysis/fold.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

// So many words has the longest name that is looked for; of so many records with a word in their names.
constexpr size_t kMostNameWords = 7, kMostHits = 40;

std::string_view At(std::string_view text, WordRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

// Names begin with a capital, in scripts that have them.
bool MayBeginName(std::string_view word) {
  size_t byte = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(word.data(), byte, word.size(), c);
  return u_isupper(c) || u_charType(c) == U_OTHER_LETTER;
}

// One text for names that differ in case and accents alone.
std::string Folded(std::string_view text) {
  std::string joined;
  for (const std::string& word : search::FoldedWords(text)) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

// IDs; empty: none of that name.
struct Known {
  std::string place, actor;
};

// Words behind which a name that a place and an actor share is that of the place.
bool LeadsToAPlace(std::string_view word) {
  static const auto* const kWords = new std::set<std::string, std::less<>>{
      "in", "at",  "near", "from", "to", "into",  "across", "of", "в",  "на",   "из",
      "у",  "под", "дар",  "ба",   "аз", "назди", "در",     "از", "به", "نزدیک"};
  return kWords->contains(Folded(word));
}

class NameFinder {
 public:
  NameFinder(const ReadView& view, std::string_view text, const std::atomic<bool>* stop)
      : view_(view), text_(text), words_(WordsIn(text)), stop_(stop) {}

  StatusOr<std::vector<Candidate>> Run() {
    std::vector<Candidate> found;
    for (size_t i = 0; i < words_.size();) {
      if (!MayBeginName(At(text_, words_[i]))) {
        ++i;
        continue;
      }
      DAFTAR_RETURN_IF_ERROR(Learn(At(text_, words_[i])));
      i += std::max<size_t>(Take(i, found), 1);
    }
    return found;
  }

 private:
  // The names of the records that have this word in one of theirs.
  Status Learn(std::string_view word) {
    const std::string folded = Folded(word);
    if (folded.empty() || searched_ == kMostNames || !learnt_.insert(folded).second) return OkStatus();
    ++searched_;
    for (const Kind kind : {v1::RecordKind::PLACE, v1::RecordKind::ACTOR}) {
      SearchRequest request;
      request.query = "title:(" + folded + ")";
      request.kind = kind;
      request.limit = kMostHits;
      request.why = false;
      request.stop = stop_;
      DAFTAR_ASSIGN_OR_RETURN(const SearchResult result, view_.Search(request));
      for (const SearchHit& hit : result.hits) {
        DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view_.Get(hit.id));
        if (!record || record->retirement() != nullptr) continue;
        for (const v1::Name& name : record->names())
          Learn(known_[Folded(name.text())], *record, kind == v1::RecordKind::PLACE);
      }
    }
    return OkStatus();
  }

  // The first record that is found has the name.
  static void Learn(Known& known, const Record& record, bool place) {
    std::string& id = place ? known.place : known.actor;
    if (id.empty()) id = DisplayId(record);
  }

  // The longest name from that word on; how many words it has, 0: there is none.
  size_t Take(size_t first, std::vector<Candidate>& found) const {
    for (size_t count = std::min(kMostNameWords, words_.size() - first); count > 0; --count) {
      const WordRange range{words_[first].begin, words_[first + count - 1].end};
      const auto at = known_.find(Folded(At(text_, range)));
      if (at == known_.end()) continue;
      const Known& known = at->second;
      const bool place =
          known.actor.empty() || (!known.place.empty() && first > 0 && LeadsToAPlace(At(text_, words_[first - 1])));
      found.push_back({range, place ? "place" : "roles", place ? known.place : known.actor});
      return count;
    }
    return 0;
  }

  const ReadView& view_;
  const std::string_view text_;
  const std::vector<WordRange> words_;
  const std::atomic<bool>* const stop_;
  size_t searched_ = 0;
  std::set<std::string> learnt_;
  std::map<std::string, Known> known_;  // by folded name
};

}  // namespace

StatusOr<std::vector<Candidate>> NamesIn(const ReadView& view, std::string_view passage,
                                         const std::atomic<bool>* stop) {
  return NameFinder(view, passage.substr(0, kMostSearchedBytes), stop).Run();
}

}  // namespace daftar::forms
