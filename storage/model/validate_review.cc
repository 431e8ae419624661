#include "storage/model/validate_review.h"

#include <google/protobuf/repeated_ptr_field.h>
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>

#include "storage/model/bounded_parse.h"
#include "storage/model/fields.h"
#include "storage/model/parts.h"
#include "storage/model/review.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using ProtoMessage = google::protobuf::Message;
using google::protobuf::UnknownFieldSet;
using Problems = std::vector<FieldProblem>;

constexpr int64_t kLastMs = 253'402'300'799'999;  // the end of the year 9999
constexpr size_t kMaxExcerpts = 200;              // of one account
constexpr uint32_t kMaxExcerptEnd = 100'000'000;  // characters of a passage
constexpr int kMaxPathSteps = 8;                  // no value of an account lies deeper

const UnknownFieldSet& UnknownOf(const ProtoMessage& message) {
  return message.GetReflection()->GetUnknownFields(message);
}

bool HasUnknown(const ProtoMessage& message, uint32_t number) {
  const UnknownFieldSet& unknown = UnknownOf(message);
  for (int i = 0; i < unknown.field_count(); ++i) {
    if (static_cast<uint32_t>(unknown.field(i).number()) == number) return true;
  }
  return false;
}

const FieldDescriptor* FieldNamed(const ProtoMessage& message, std::string_view name) {
  const auto& descriptor = *message.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    if (JsonName(*descriptor.field(i)) == name) return descriptor.field(i);
  }
  return nullptr;
}

// One step of an excerpt's path: "killed[0]".
struct Step {
  std::string_view name;
  std::optional<int> index;
};

// The next step, taken off the front; nullopt if it is none.
std::optional<Step> TakeStep(std::string_view& path) {
  const std::string_view text = path.substr(0, path.find('.'));
  path.remove_prefix(std::min(text.size() + 1, path.size()));
  const size_t open = text.find('[');
  Step step{text.substr(0, open), std::nullopt};
  if (step.name.empty()) return std::nullopt;
  if (open == std::string_view::npos) return step;
  int index = -1;
  const char* const end = text.data() + text.size() - 1;
  const auto read = std::from_chars(text.data() + open + 1, end, index);
  if (*end != ']' || read.ec != std::errc() || read.ptr != end || index < 0) return std::nullopt;
  step.index = index;
  return step;
}

// Why the path names no value that the account has; nullopt if it names one, or one of a newer schema.
std::optional<std::string> PathProblem(const ProtoMessage& account, std::string_view path) {
  const ProtoMessage* message = &account;
  if (path.ends_with('.')) return "is not the path of a value, such as date or killed[0]";
  for (int steps = 0; !path.empty(); ++steps) {
    const std::optional<Step> step = TakeStep(path);
    if (!step || steps == kMaxPathSteps) return "is not the path of a value, such as date or killed[0]";
    const FieldDescriptor* field = FieldNamed(*message, step->name);
    if (field == nullptr && UnknownOf(*message).field_count() > 0) return std::nullopt;
    if (field == nullptr) return "names no value of an account: there is no " + std::string(step->name);
    const bool too_far =
        step->index && (!field->is_repeated() || *step->index >= message->GetReflection()->FieldSize(*message, field));
    if (!IsSet(*message, *field) || too_far) return "names a value that the account does not have";
    if (path.empty()) return std::nullopt;
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated() != step->index.has_value())
      return "names no value of an account: " + std::string(step->name) + " has no " + std::string(path);
    message = step->index ? &message->GetReflection()->GetRepeatedMessage(*message, field, *step->index)
                          : &message->GetReflection()->GetMessage(*message, field);
  }
  return std::nullopt;
}

// Comments, all of one record.
class Comments {
 public:
  Comments(const ProtoMessage& record, const google::protobuf::RepeatedPtrField<v1::Comment>& comments,
           Problems& problems)
      : record_(record), comments_(comments), problems_(problems) {
    for (const v1::Comment& comment : comments) by_key_.emplace(comment.key(), &comment);
  }

  void Check() {
    for (int i = 0; i < comments_.size(); ++i) {
      CheckPlace(comments_[i], IndexPath("comments", i));
      CheckAnswer(comments_[i], IndexPath("comments", i));
    }
  }

 private:
  // What it is about may be gone by now; but it has to be something that a record of the kind can have.
  void CheckPlace(const v1::Comment& comment, const std::string& path) {
    const uint32_t field = comment.field();
    const bool known = field == 0 || HasUnknown(record_, field) ||
                       record_.GetDescriptor()->FindFieldByNumber(static_cast<int>(field)) != nullptr;
    if (!known) {
      problems_.push_back({JoinPath(path, "field"), "is " + std::to_string(field) +
                                                        ", and records of this kind have "
                                                        "no such part; 0 is the record as a whole"});
    }
    if (comment.item() != 0 && !IsCollection(field))
      problems_.push_back({JoinPath(path, "item"), "names an item, and the field has none"});
    CheckTime(comment.at_ms(), path);
  }

  void CheckAnswer(const v1::Comment& comment, const std::string& path) {
    if (comment.reply_to() == 0) return;
    const auto add = [&](const char* message) { problems_.push_back({JoinPath(path, "reply_to"), message}); };
    if (comment.reply_to() == comment.key()) return add("is the comment itself");
    if (!by_key_.contains(comment.reply_to())) return add("names no comment of this record");
    // Two that answer each other are answers to nothing.
    const v1::Comment* at = &comment;
    for (size_t steps = 0; at->reply_to() != 0; ++steps) {
      if (steps > by_key_.size()) return add("goes round in a circle: one comment of a talk answers none");
      const auto next = by_key_.find(at->reply_to());
      if (next == by_key_.end()) return;  // told there
      at = next->second;
    }
  }

  void CheckTime(int64_t at_ms, const std::string& path) {
    if (at_ms < 0 || at_ms > kLastMs) problems_.push_back({JoinPath(path, "at_ms"), "is not a time of our days"});
  }

  const ProtoMessage& record_;
  const google::protobuf::RepeatedPtrField<v1::Comment>& comments_;
  Problems& problems_;
  std::map<uint64_t, const v1::Comment*> by_key_;
};

// Why the part cannot be a part of a proposal; nullopt if it can.
std::optional<std::string> PartProblem(Kind kind, const v1::ProposedPart& part) {
  if (part.field() == kCommentField || part.field() == kProposalField)
    return "is of a field that holds what is said about the record; a proposal changes what the record says";
  if (const Status form = CheckPartValue({part.field(), part.item()}, part.value()); !form.ok())
    return daftar::Message(form);
  const std::unique_ptr<ProtoMessage> parsed = NewMessage(kind);
  if (const Status read = ParseBounded(part.value(), *parsed); !read.ok())
    return "cannot be read as a record of this kind: " + daftar::Message(read);
  return std::nullopt;
}

void CheckProposal(Kind kind, const v1::Proposal& proposal, const std::string& path, Problems& problems) {
  const auto add = [&](const std::string& at, std::string message) { problems.push_back({at, std::move(message)}); };
  if (proposal.at_ms() < 0 || proposal.at_ms() > kLastMs) add(JoinPath(path, "at_ms"), "is not a time of our days");
  const std::string parts = JoinPath(path, "parts");
  if (static_cast<size_t>(proposal.part_size()) > kMaxProposedParts) {
    return add(parts,
               "has " + std::to_string(proposal.part_size()) + " parts; at most " + std::to_string(kMaxProposedParts));
  }
  size_t bytes = 0;
  std::optional<PartId> last;
  for (int i = 0; i < proposal.part_size(); ++i) {
    const v1::ProposedPart& part = proposal.part(i);
    const PartId id{part.field(), part.item()};
    bytes += part.value().size();
    if (last && id <= *last) add(IndexPath(parts, i), "is out of order: parts are sorted by field and item, each once");
    last = id;
    if (std::optional<std::string> problem = PartProblem(kind, part)) add(IndexPath(parts, i), *std::move(problem));
  }
  if (bytes > kMaxProposalBytes) {
    add(parts, "take " + std::to_string(bytes) + " bytes; at most " + std::to_string(kMaxProposalBytes));
  }
}

}  // namespace

void CheckReviewing(Kind kind, const ProtoMessage& record, Problems& problems) {
  const auto& comments = CommentsOf(record);
  if (static_cast<size_t>(comments.size()) > kMaxComments) {
    problems.push_back({"comments", "are " + std::to_string(comments.size()) + "; at most " +
                                        std::to_string(kMaxComments) + ": remove some that are done"});
  } else {
    Comments(record, comments, problems).Check();
  }
  const auto& proposals = ProposalsOf(record);
  if (static_cast<size_t>(proposals.size()) > kMaxProposals) {
    problems.push_back({"proposals", "are " + std::to_string(proposals.size()) + "; at most " +
                                         std::to_string(kMaxProposals) + ": clear some that are decided"});
    return;
  }
  for (int i = 0; i < proposals.size(); ++i) CheckProposal(kind, proposals[i], IndexPath("proposals", i), problems);
}

void CheckExcerpts(const v1::Account& account, std::string_view path, Problems& problems) {
  const std::string excerpts = JoinPath(path, "excerpts");
  if (static_cast<size_t>(account.excerpt_size()) > kMaxExcerpts) {
    problems.push_back({excerpts, "are " + std::to_string(account.excerpt_size()) + "; at most " +
                                      std::to_string(kMaxExcerpts) + " of one account"});
    return;
  }
  for (int i = 0; i < account.excerpt_size(); ++i) {
    const v1::Excerpt& excerpt = account.excerpt(i);
    const std::string at = IndexPath(excerpts, i);
    if (std::optional<std::string> problem = PathProblem(account, excerpt.of()); problem && !excerpt.of().empty())
      problems.push_back({JoinPath(at, "of"), *std::move(problem)});
    if (excerpt.to() < excerpt.from()) problems.push_back({JoinPath(at, "to"), "is before the beginning"});
    if (excerpt.to() > kMaxExcerptEnd) {
      problems.push_back({JoinPath(at, "to"), "is beyond " + std::to_string(kMaxExcerptEnd) + " characters"});
    }
  }
}

}  // namespace daftar
