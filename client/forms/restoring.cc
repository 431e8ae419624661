#include "client/forms/restoring.h"

#include <memory>
#include <string>
#include <vector>

#include "storage/model/bounded_parse.h"
#include "storage/model/parts.h"

namespace daftar::forms {

StatusOr<Reviewed> AsItWas(const Record& record, std::string_view then, const std::optional<PartId>& wanted) {
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::PartEdit> edits, DiffParts(body, then));
  std::erase_if(edits, [&wanted](const v1::PartEdit& edit) {
    if (!wanted) return IsAboutReview(edit.field());
    return edit.field() != wanted->first || (wanted->second != 0 && edit.key() != wanted->second);
  });
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, edits));
  const std::shared_ptr<google::protobuf::Message> message = NewMessage(record.kind());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(body, *message));
  return Reviewed(message);
}

StatusOr<Reviewed> Unretired(const Record& record) {
  const std::shared_ptr<google::protobuf::Message> message(record.message().New());
  message->CopyFrom(record.message());
  message->GetReflection()->ClearField(message.get(), message->GetDescriptor()->FindFieldByNumber(kRetiredField));
  return Reviewed(message);
}

}  // namespace daftar::forms
