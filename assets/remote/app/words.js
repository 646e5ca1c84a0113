// Every sentence of the page itself, Korean first. What the wall says comes in both languages.

const WORDS = {
  remote: ["리모컨", "Remote"],
  remote_hint: ["벽 화면의 지금", "What the wall shows now"],
  connection: ["연결", "Connection"],
  orders: ["지시", "Orders"],
  orders_hint: ["진행 중인 지시", "Orders under way"],
  orders_all: [
    "모든 부서의 지시입니다. 태블릿에는 아직 부서가 정해져 있지 않습니다",
    "Orders to every department: a tablet has no department of its own yet",
  ],
  orders_none: ["진행 중인 지시가 없습니다", "No order is under way"],
  orders_visitor: ["지시는 직원만 볼 수 있습니다", "Officials alone see the orders"],
  state_written: ["적음", "Written"],
  state_sent: ["보냄", "Sent"],
  state_delivered: ["도착", "Delivered"],
  state_read: ["읽음", "Read"],
  given_at: ["{at} 지시", "ordered {at}"],
  due_at: ["기한 {at}", "due {at}"],
  report_read: ["읽음", "Read"],
  report_done: ["완료", "Done"],
  connecting: ["벽에 연결하는 중", "Connecting to the wall"],
  here: ["벽에 연결됨", "Connected to the wall"],
  away: ["벽 화면이 꺼져 있음", "The wall is away"],
  lost: ["연결이 끊겼습니다. 다시 연결하는 중", "Connection lost. Connecting again"],
  starting: ["벽이 시작하는 중", "The wall is starting"],
  kept: ["화면은 {age} 것입니다", "This picture is {age}"],
  just_now: ["방금", "just now"],
  seconds_ago: ["{n}초 전", "{n} s ago"],
  minutes_ago: ["{n}분 전", "{n} min ago"],
  hours_ago: ["{n}시간 전", "{n} h ago"],
  picture_now: ["지금 화면", "the picture of now"],
  picture: ["{age} 화면", "picture of {age}"],
  press_hint: ["누르면 벽에서 열립니다", "Press to open on the wall"],
  more_hint: ["누르면 벽에서 열립니다. ↓ 아래에 더 있습니다", "Press to open on the wall. ↓ More below"],
  simulated: ["모의", "simulated"],
  then: ["받을 때 {age}", "{age} when received"],
  offline: ["오프라인, 저장된 자료", "Offline, stored data"],
  schematic: ["배치도, 실제 모양 아님", "A scheme, not true shapes"],
  whole: ["전체 보기", "Whole city"],
  no_data: ["자료 없음", "no data"],
  not_zero: ["세로축이 0에서 시작하지 않음", "The axis does not start at zero"],
  empty: ["이 화면은 벽에서 보세요", "See this panel on the wall"],
  waiting_view: ["벽 화면을 기다립니다", "Waiting for the wall's picture"],
  speak: ["벽에 말하기", "Speak to the wall"],
  speak_hint: ["누른 뒤 벽의 마이크에 말합니다", "Press, then speak to the wall's microphone"],
  write: ["글로 쓰기, 예: 강남구 인구", "Write, such as: show population"],
  send: ["보내기", "Send"],
  last: ["방금 한 일", "Last action"],
  nothing_done: ["아직 없습니다", "Nothing yet"],
  sending: ["보내는 중", "Sending"],
  not_sent: ["연결이 끊겨 보내지 못했습니다", "Not sent: the connection is lost"],
  silent: ["벽이 응답하지 않습니다", "The wall does not answer"],
  confirm: ["확인", "Confirm"],
  cancel: ["취소", "Cancel"],
  recording: ["● 손 기록 중, {at}까지", "● Recording hands until {at}"],
  call: ["{at} 벽에서 담당을 찾습니다", "{at} the wall calls"],
  asks: ["벽이 확인을 기다립니다", "The wall asks"],
  pair_title: ["이 태블릿을 벽에 연결하세요", "Connect this tablet to the wall"],
  pair_text: [
    "벽 화면에서 ‘태블릿 연결’을 누르고, 이 태블릿의 카메라로 QR을 비추세요.",
    "Press “Connect a tablet” on the wall and point this tablet's camera at the QR code.",
  ],
  pair_note: [
    "연결되기 전에는 시정 자료를 보이지 않습니다.",
    "Before that, nothing of the city is shown here.",
  ],
  pair_name_title: ["이 태블릿의 이름", "Name of this tablet"],
  pair_name_text: [
    "벽 화면에 이 이름이 나옵니다. 벽에 있는 사람이 알아볼 수 있게 써 주세요.",
    "The wall shows this name. Choose one that the person there will recognise.",
  ],
  default_name: ["태블릿", "Tablet"],
  pair_start: ["연결하기", "Connect"],
  compare_title: ["벽 화면에 같은 번호가 보입니까?", "Does the wall show the same number?"],
  compare_text: [
    "번호가 다르면 다른 화면에 연결하려는 것입니다. ‘다릅니다’를 누르고 처음부터 다시 해 주세요.",
    "Another number means another wall. Press “Different” and start again.",
  ],
  compare_person: ["벽에 있는 사람이 눌러 마칩니다", "A person at the wall finishes it"],
  compare_person_text: [
    "벽 화면의 ‘번호가 같습니다’를 누르면 연결됩니다",
    "They press “The numbers match” on the wall",
  ],
  compare_key: ["열쇠는 이 태블릿을 떠나지 않습니다", "The key never leaves this tablet"],
  compare_key_text: ["복사하거나 내보낼 수 없는 열쇠입니다", "It can't be copied or exported"],
  compare_end: ["벽에서 언제든 끊을 수 있습니다", "The wall can end it at any time"],
  compare_end_text: ["끊으면 1초 안에 화면이 사라집니다", "The picture is gone within a second"],
  different: ["다릅니다", "Different"],
  remaining: ["{m}분 {s}초 남음", "{m} min {s} s left"],
  pair_failed: [
    "연결하지 못했습니다. 코드는 한 번만, 정해진 시간 안에만 쓸 수 있습니다. 벽에서 새 QR을 여세요.",
    "Not connected. A code works once and only for a short time. Open a new QR code on the wall.",
  ],
  pair_declined: ["벽에서 연결을 받아들이지 않았습니다.", "The wall did not accept this tablet."],
  revoked: ["벽에서 이 태블릿의 연결을 끊었습니다.", "The wall ended this tablet's connection."],
  unsupported: [
    "이 브라우저로는 안전하게 연결할 수 없습니다. 주소가 https로 시작하는지 확인하세요.",
    "This browser can't connect safely. Check that the address begins with https.",
  ],
  trust_title: ["이 태블릿에 벽의 인증서 설치하기", "Install the wall's certificate on this tablet"],
  trust_text: [
    "한 번만 하면 됩니다. 이 인증서는 이 벽과 시 내부망 주소만 보증할 수 있습니다.",
    "Once is enough. It can vouch for this wall and for addresses of the inner network only.",
  ],
  trust_site: [
    "벽은 시의 인증서를 쓰고 있어 설치할 것이 없습니다.",
    "The wall uses the city's own certificate: there is nothing to install.",
  ],
  trust_compare: ["지문 맞추기", "Compare the fingerprint"],
  trust_compare_text: [
    "벽의 ‘태블릿 연결’ 화면에 같은 지문이 보여야 합니다. 다르면 여기서 멈추세요.",
    "The wall shows the same under “Connect a tablet”. If it differs, stop here.",
  ],
  trust_get_title: ["내려받기", "Download"],
  trust_get_text: ["파일 이름은 city-kiosk-ca.crt입니다.", "The file is city-kiosk-ca.crt."],
  trust_get: ["인증서 내려받기", "Download the certificate"],
  trust_install: ["설치하기", "Install"],
  trust_install_text: [
    "안드로이드 설정 → 보안 → 암호화 및 사용자 인증 정보 → 인증서 설치 → CA 인증서 → 그래도 설치 → 내려받은 파일. 기기마다 이름이 조금 다르며, 설정에서 ‘CA 인증서’를 찾아도 됩니다.",
    "Android settings → Security → Encryption & credentials → Install a certificate → CA certificate → Install anyway → the downloaded file. Names differ a little; searching the settings for “CA certificate” finds it.",
  ],
  trust_check: ["확인하기", "Check"],
  trust_check_text: [
    "브라우저를 완전히 닫았다가 이 주소를 다시 엽니다. 결과가 이 화면에 나옵니다.",
    "Close the browser fully and open this address again. The result stands on this page.",
  ],
  trust_trusted: [
    "설치되었습니다. 이 태블릿은 벽의 인증서를 믿습니다.",
    "It worked: this tablet trusts the wall's certificate.",
  ],
  trust_untrusted: [
    "아직 설치되지 않았습니다. 이 태블릿은 벽의 인증서를 믿지 않습니다.",
    "Not installed yet: this tablet does not trust the wall's certificate.",
  ],
  trust_again: ["다시 확인", "Check again"],
  trust_next: ["태블릿 연결하기", "Connect this tablet"],
  trust_link: ["인증서 설치 안내", "How to install the certificate"],
  trust_hint: [
    "이 태블릿은 아직 벽의 인증서를 믿지 않아, 연결 없이는 열리지 않고 앱으로 설치할 수 없습니다.",
    "This tablet does not trust the wall's certificate yet: it opens only while connected and can't be installed as an app.",
  ],
  owner: ["본인 확인", "Verification of the owner"],
  owner_text: [
    "지문, 얼굴, PIN으로 본인임을 밝히면 이 태블릿에서 지시를 확인할 수 있습니다. 벽에 있는 사람이 한 번 받아들여야 합니다.",
    "Show by fingerprint, face or PIN that it is you, and orders can be confirmed from this tablet. A person at the wall must accept it once.",
  ],
  owner_known: ["등록되어 있습니다", "Registered"],
  owner_enrol: ["본인 확인 등록", "Register"],
  owner_again: ["다시 등록", "Register again"],
  unverified: ["본인 확인을 하지 않아 보내지 않았습니다", "Not sent: you were not verified"],
  enrolling: ["벽에 있는 사람이 받아들이면 등록됩니다", "Registered once a person at the wall accepts it"],
  waiting_to_send: ["보낼 것 {n}개", "{n} to send"],
  queued: ["연결되면 보냅니다", "Will be sent when connected"],
  device: ["이 태블릿", "This tablet"],
  role: ["권한", "Role"],
  state: ["상태", "State"],
  address: ["벽의 주소", "Address of the wall"],
  theme: ["화면 색", "Colours"],
  dark: ["어둡게", "Dark"],
  light: ["밝게", "Light"],
  "high-contrast": ["고대비", "High contrast"],
  forget: ["이 태블릿에서 연결 지우기", "Forget the wall on this tablet"],
  forget_text: [
    "이 태블릿의 열쇠를 지웁니다. 벽의 목록에서는 벽에서 끊어 주세요.",
    "Deletes this tablet's key. To take it off the wall's list, end it there.",
  ],
  forget_sure: ["정말 지우기", "Really forget"],
  role_mayor: ["시장", "Mayor"],
  role_official: ["직원", "Official"],
  role_installer: ["설치 담당", "Installer"],
  role_tester: ["시험 담당", "Tester"],
  role_visitor: ["방문자", "Visitor"],
};

let language = navigator.language?.startsWith("en") ? "en" : "ko";

export function setLanguage(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
}

export function currentLanguage() {
  return language;
}

export function word(key, values = {}) {
  const text = WORDS[key][language === "ko" ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

// A sentence of the wall, which comes in both languages.
export function said(text) {
  return language === "ko" ? text.ko : text.en;
}

export function age(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 2) return word("just_now");
  if (seconds < 60) return word("seconds_ago", { n: seconds });
  if (seconds < 3600) return word("minutes_ago", { n: Math.floor(seconds / 60) });
  return word("hours_ago", { n: Math.floor(seconds / 3600) });
}
