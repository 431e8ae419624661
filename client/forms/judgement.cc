#include "client/forms/judgement.h"

#include <memory>

#include "daftar/v1/records.pb.h"
#include "storage/authoring/authoring.h"

namespace daftar::forms {
namespace {

// The actor without judgements on the other; nullptr if it has none.
std::shared_ptr<v1::Actor> Without(const Record& actor, const Uuid& other) {
  auto message = std::make_shared<v1::Actor>(actor.actor());
  auto& judged = *message->mutable_same_as();
  const int before = judged.size();
  for (int i = judged.size(); i-- > 0;) {
    if (judged[i].other() == other.bytes()) judged.DeleteSubrange(i, 1);
  }
  return judged.size() == before ? nullptr : message;
}

}  // namespace

StatusOr<std::vector<Edit>> EditsOfJudgement(const Record& actor, const Record& other,
                                             const std::optional<v1::Judgement::Code>& verdict,
                                             const std::string& reason) {
  const std::shared_ptr<v1::Actor> cleared = Without(actor, other.id()), cleared_other = Without(other, actor.id());
  if (!verdict && cleared == nullptr && cleared_other == nullptr)
    return NotFound("nobody has judged whether these two are one");
  const bool there = cleared == nullptr && cleared_other != nullptr;
  const Record& holder = there ? other : actor;
  const std::shared_ptr<v1::Actor> old = there ? cleared_other : cleared;
  std::vector<Edit> edits;
  if (verdict) {
    auto message = old != nullptr ? old : std::make_shared<v1::Actor>(holder.actor());
    v1::Resemblance& judged = *message->add_same_as();
    judged.set_other((there ? actor : other).id().str());
    judged.set_judgement(*verdict);
    judged.set_reason(reason);
    AssignKeys(message.get());
    edits.push_back({holder.id(), holder.kind(), message});
  } else {
    edits.push_back({holder.id(), holder.kind(), old});
  }
  // One in each: the other goes.
  if (!there && cleared_other != nullptr) edits.push_back({other.id(), other.kind(), cleared_other});
  return edits;
}

}  // namespace daftar::forms
