#include "tests/sim/edits.h"

namespace daftar::sim {
namespace {

constexpr uint64_t kFirstKey = 1000;
constexpr size_t kLongText = 3000;  // two of them do not fit into one of the smallest frames

}  // namespace

Uuid SourceId() { return Uuid::FromName("sim:source"); }
Uuid IncidentId(int number) { return Uuid::FromName("sim:incident" + std::to_string(number)); }

std::string EditChoice::InWords() const {
  const std::string whose = " incident " + std::to_string(incident);
  switch (what) {
    case What::kAddAccount:
      return "adds an account to" + whose;
    case What::kAddLongAccount:
      return "adds a long account to" + whose;
    case What::kRemoveAccount:
      return "removes an account of" + whose;
    case What::kSetNotes:
      return "changes the notes of" + whose;
  }
  return "does nothing";
}

EditChoice ChooseEdit(uint64_t drawn) {
  using What = EditChoice::What;
  constexpr What kWhat[] = {What::kAddAccount,     What::kAddAccount,    What::kAddAccount, What::kAddLongAccount,
                            What::kAddLongAccount, What::kRemoveAccount, What::kSetNotes,   What::kSetNotes};
  EditChoice choice{kWhat[drawn % 8], static_cast<int>(drawn / 8 % kIncidents), drawn / 8 / kIncidents % 1000};
  return choice;
}

std::shared_ptr<const v1::Incident> Apply(const EditChoice& choice, const v1::Incident& incident, uint64_t number) {
  using What = EditChoice::What;
  auto edited = std::make_shared<v1::Incident>(incident);
  const std::string text = "said in " + Tag(number);
  switch (choice.what) {
    case What::kAddAccount:
    case What::kAddLongAccount: {
      v1::Account& account = *edited->add_account();
      account.set_key(kFirstKey + number);
      account.set_source(SourceId().str());
      account.set_summary(text);
      if (choice.what == What::kAddLongAccount) account.mutable_summary()->append(kLongText, '-');
      break;
    }
    case What::kRemoveAccount: {
      if (edited->account().empty()) return nullptr;
      const int which = static_cast<int>(choice.which) % edited->account_size();
      edited->mutable_account()->DeleteSubrange(which, 1);
      break;
    }
    case What::kSetNotes:
      edited->set_notes(text);
      break;
  }
  return edited;
}

std::string Tag(uint64_t number) { return "edit " + std::to_string(number) + "."; }

std::string TagIn(std::string_view reason) {
  const size_t begin = reason.rfind("edit ");
  if (begin == std::string_view::npos) return "";
  const size_t end = reason.find('.', begin);
  return end == std::string_view::npos ? "" : std::string(reason.substr(begin, end + 1 - begin));
}

}  // namespace daftar::sim
