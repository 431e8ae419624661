// Something done to a record from a page: decided, said, judged, restored. Plain values, for panels that wish it: act.h
// does it, through the outbox like every edit.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace daftar::forms {

struct RecordAction {
  enum class What {
    kDecide,          // the record, or the proposal `key`, is to have the state `code`; `words` are said with it
    kClear,           // the proposal `key` goes: its author withdraws it, or what is decided is cleared away
    kComment,         // `words` about `part`; answers the comment `key`, if that is not 0
    kCommentDone,     // what the comment `key` asks for is done
    kCommentOpen,     // it is not
    kCommentRemove,   // the comment `key` is taken back, with the answers to it
    kJudge,           // whether the actor is `other`: `code`, because of `words`
    kUnjudge,         // what was judged of the two is taken back, because of `words`
    kRestore,         // as it was at `revision`, all of it or `part` alone, because of `words`
    kProposeInstead,  // the refused edit `key` is put forward instead
    kUndoBulk,        // the last bulk edit of this workstation is taken back
  };
  What what = What::kDecide;
  std::string record;  // any ID; not of the last two
  uint64_t key = 0;
  std::string code;                          // "ACCEPTED", "SAME"
  std::pair<uint32_t, uint64_t> part{0, 0};  // field and item; {0, 0}: all of the record
  std::string other;                         // any ID
  uint64_t revision = 0;
  bool over_newer = false;  // what others changed since is put over
  std::string words;
  bool operator==(const RecordAction&) const = default;
};

// What is said has to be said.
bool NeedsWords(const RecordAction& action);

}  // namespace daftar::forms
