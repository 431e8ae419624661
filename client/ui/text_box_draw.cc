// How a text box looks.
#include <algorithm>
#include <cmath>

#include "client/ui/text_box_view.h"

namespace daftar::ui {
namespace {

constexpr float kBlinkS = 1.2f, kSeenS = 0.8f;  // as ImGui's carets blink

// The part of a range of the text that is in a paragraph, in bytes from its beginning.
text::ByteRange Within(text::ByteRange range, text::ByteRange paragraph) {
  const size_t begin = std::clamp(range.begin, paragraph.begin, paragraph.end);
  const size_t end = std::clamp(range.end, paragraph.begin, paragraph.end);
  return {begin - paragraph.begin, end - paragraph.begin};
}

bool Meets(text::ByteRange range, const text::Line& line) { return range.begin < line.end && range.end > line.begin; }

}  // namespace

std::pair<float, float> TextBoxView::Layout(float from, float to) const {
  return turned_ ? std::pair(inner_.x + width_ - to, inner_.x + width_ - from)
                 : std::pair(inner_.x + from, inner_.x + to);
}

void TextBoxView::DrawPaper() {
  ImGui::RenderFrame(box_.Min, box_.Max, ImGui::GetColorU32(ImGuiCol_FrameBg), true, ImGui::GetStyle().FrameRounding);
  if (active()) {
    window_->DrawList->AddRect(box_.Min, box_.Max, ImGui::GetColorU32(ui_.theme().accent), ui_.Px(6), 0, ui_.Px(2));
  } else {
    ui_.FocusRing();
  }
  if (state_.buffer.text().empty())
    ui_.TextAt({inner_.x + ui_.Px(1), inner_.y}, options_.hint, {Face::kBody, &ui_.theme().muted}, width_);
}

void TextBoxView::DrawLines() {
  const ImVec2 padding = ImGui::GetStyle().FramePadding;
  window_->DrawList->PushClipRect({box_.Min.x + ui_.Px(2), box_.Min.y + padding.y / 2},
                                  {box_.Max.x - ui_.Px(2), box_.Max.y - padding.y / 2}, true);
  text::TextFlow& flow = state_.flow;
  float y = inner_.y - state_.hidden;
  for (size_t paragraph = state_.top; paragraph < flow.paragraphs() && y < inner_.y + view(); ++paragraph) {
    const std::vector<text::Line>& lines = flow.LinesOf(paragraph);
    for (size_t i = 0; i < lines.size() && y < inner_.y + view(); ++i, y += pitch_) {
      if (y + pitch_ > inner_.y) DrawLine(paragraph, i, lines[i], y);
    }
  }
  if (active()) DrawCaret();
  window_->DrawList->PopClipRect();
}

std::optional<float> TextBoxView::DrawRange(const std::vector<text::Cluster>& clusters, const text::Line& line,
                                            text::ByteRange range, float y, const ImVec4& colour, bool underlined) {
  const float left = state_.flow.LeftOf(line), height = ui_.fonts().height(Face::kBody);
  std::optional<float> leftmost;
  for (size_t i = 0; i < clusters.size();) {
    const auto inside = [&](const text::Cluster& c) { return c.begin < range.end && c.end > range.begin; };
    size_t end = i;
    while (end < clusters.size() && inside(clusters[end])) ++end;
    if (end == i) {
      ++i;
      continue;
    }
    const auto [from, to] = Layout(left + clusters[i].left, left + clusters[end - 1].right);
    window_->DrawList->AddRectFilled({from, y}, {to, y + height}, ImGui::GetColorU32(colour));
    if (underlined)
      window_->DrawList->AddLine({from, y + height}, {to, y + height}, ImGui::GetColorU32(ui_.theme().amber),
                                 ui_.Px(2));
    leftmost = std::min(leftmost.value_or(from), from);
    i = end;
  }
  return leftmost;
}

void TextBoxView::DrawLine(size_t paragraph, size_t number, const text::Line& line, float y) {
  const text::ByteRange all = state_.flow.Paragraph(paragraph), selection = state_.buffer.selection();
  const Theme& theme = ui_.theme();
  const float left = state_.flow.LeftOf(line);
  std::vector<text::Cluster> clusters;
  const auto cluster = [&] {
    if (clusters.empty()) clusters = state_.flow.Clusters(paragraph, line);
  };
  std::vector<std::pair<float, const std::string*>> labels;
  for (const text::LabelledRange& mark : state_.buffer.marks()) {
    const text::ByteRange here = Within(mark.range, all);
    if (!Meets(here, line)) continue;
    cluster();
    const std::optional<float> at = DrawRange(clusters, line, here, y, theme.amber_paper, true);
    // Where the mark begins; it may go on in the next line.
    const bool begins = mark.range.begin >= all.begin + line.begin;
    if (at && begins) labels.emplace_back(*at, &mark.label);
  }
  const text::ByteRange selected = Within(selection, all);
  if (Meets(selected, line)) {
    cluster();
    DrawRange(clusters, line, selected, y, theme.selected, false);
  }
  // A line end that is selected, too.
  if (static_cast<int>(number) + 1 == state_.flow.Count(paragraph) && selection.begin <= all.end &&
      selection.end > all.end) {
    const float end = line.right_to_left ? left - ui_.Px(6) : left + line.width;
    const auto [from, to] = Layout(end, end + ui_.Px(6));
    window_->DrawList->AddRectFilled({from, y}, {to, y + ui_.fonts().height(Face::kBody)},
                                     ImGui::GetColorU32(theme.selected));
  }
  ui_.fonts().Draw(*window_->DrawList, {Layout(left, left + line.width).first, y}, line, Face::kBody,
                   ImGui::GetColorU32(theme.text));
  if (!labels.empty()) DrawLabels(std::move(labels), y + ui_.fonts().height(Face::kBody) + ui_.Px(1));
}

void TextBoxView::DrawLabels(std::vector<std::pair<float, const std::string*>> labels, float y) {
  std::sort(labels.begin(), labels.end());
  for (size_t i = 0; i < labels.size(); ++i) {
    const float end = i + 1 < labels.size() ? labels[i + 1].first - ui_.Px(6) : inner_.x + width_;
    if (end > labels[i].first + ui_.Px(8))
      ui_.TextAt({labels[i].first, y}, *labels[i].second, {Face::kSmall, &ui_.theme().muted}, end - labels[i].first);
  }
}

void TextBoxView::DrawCaret() {
  const double since = ImGui::GetTime() - state_.acted_s;
  if (ImGui::GetIO().ConfigInputTextCursorBlink && std::fmod(since, kBlinkS) > kSeenS) return;
  text::TextFlow& flow = state_.flow;
  const text::Spot spot = flow.SpotOf(state_.buffer.caret());
  if (spot.paragraph < state_.top) return;
  float y = inner_.y - state_.hidden + static_cast<float>(spot.line) * pitch_;
  for (size_t i = state_.top; i < spot.paragraph && y < inner_.y + view(); ++i)
    y += static_cast<float>(flow.Count(i)) * pitch_;
  if (y + pitch_ <= inner_.y || y >= inner_.y + view()) return;
  // Spaces at the end of a line may reach beyond the edge.
  const float seen = std::clamp(spot.x, 0.0f, width_);
  const float x = std::floor(Layout(seen, seen).first) + 0.5f;
  window_->DrawList->AddLine({x, y}, {x, y + ui_.fonts().height(Face::kBody)}, ImGui::GetColorU32(ui_.theme().text),
                             std::max(1.0f, ui_.Px(1.25f)));
}

void TextBoxView::DrawBar() {
  if (!Overflows()) return;
  const text::TextFlow& flow = state_.flow;
  const float all = static_cast<float>(flow.CountBefore(flow.paragraphs())) * pitch_;
  const float above = static_cast<float>(flow.CountBefore(state_.top)) * pitch_ + state_.hidden;
  const float high = std::max(view() * view() / std::max(all, view()), ui_.Px(20));
  const float room = std::max(view() - high, 0.0f);
  const float y = inner_.y + room * std::clamp(above / std::max(all - view(), 1.0f), 0.0f, 1.0f);
  window_->DrawList->AddRectFilled({box_.Max.x - ui_.Px(9), y}, {box_.Max.x - ui_.Px(4), y + high},
                                   ImGui::GetColorU32(ui_.theme().muted), ui_.Px(3));
}

void TextBoxView::DrawNotice() {
  if (state_.notice.empty()) return;
  const Theme& theme = ui_.theme();
  const float high = ui_.fonts().height(Face::kSmall) + ui_.Px(6);
  const ImVec2 low{box_.Min.x + ui_.Px(2), box_.Max.y - high - ui_.Px(2)};
  window_->DrawList->AddRectFilled(low, {box_.Max.x - ui_.Px(2), box_.Max.y - ui_.Px(2)},
                                   ImGui::GetColorU32(theme.amber_paper), ui_.Px(5));
  ui_.TextAt({inner_.x, low.y + ui_.Px(3)}, "⚠ " + state_.notice, {Face::kSmall, &theme.amber}, width_);
}

void TextBoxView::RecordMarks() {
  if (!state_.notice.empty()) ui_.Record(Role::kMark, state_.notice, "");
  for (const text::LabelledRange& mark : state_.buffer.marks())
    ui_.Record(Role::kMark, mark.label,
               std::string_view(state_.buffer.text()).substr(mark.range.begin, mark.range.end - mark.range.begin));
}

}  // namespace daftar::ui
