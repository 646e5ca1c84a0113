// Every sentence of the page itself, Korean first. What the wall says comes in both languages.

const WORDS = {
  remote: ["리모컨", "Remote"],
  remote_hint: ["벽 화면의 지금", "What the wall shows now"],
  connection: ["연결", "Connection"],
  desk: ["내 책상", "My desk"],
  desk_hint: ["지시, 현안, 내 화면", "Orders, incidents, own panels"],
  desk_of: ["소속: {who}", "of {who}"],
  desk_received: ["받은 지시", "To me"],
  desk_given: ["보낸 지시", "Given"],
  desk_all: ["모든 지시", "All orders"],
  desk_incidents: ["가까운 현안", "Near me"],
  desk_panels: ["내 화면", "Panels"],
  to_list: ["목록", "List"],
  choose_one: ["왼쪽에서 고르면 여기에 나옵니다", "Choose one to see it here"],
  orders_all: [
    "이 태블릿은 소속이 없어 모든 부서의 지시가 나옵니다. 소속은 벽의 ‘태블릿 연결’에서 정합니다",
    "This tablet belongs to no department and has all orders. The wall's “Connect a tablet” says whose it is",
  ],
  orders_none: ["지시가 없습니다", "No orders"],
  orders_visitor: ["지시는 직원만 볼 수 있습니다", "Officials alone see the orders"],
  incidents_none: ["지금 진행 중인 현안이 없습니다", "No incident is under way"],
  state_written: ["적음", "Written"],
  state_sent: ["보냄", "Sent"],
  state_delivered: ["도착", "Arrived"],
  state_read: ["읽음", "Read"],
  state_answered: ["답변", "Replied"],
  state_done: ["완료", "Done"],
  not_yet: ["아직", "not yet"],
  due_at: ["{at}까지", "by {at}"],
  was_due: ["기한 {at} 지남", "was due {at}"],
  order_to: ["{to}에 지시", "to {to}"],
  order_by: ["{by} {at}", "{by}, {at}"],
  order_refused: ["백엔드가 받지 않았습니다. 다시 지시해 주세요", "The backend did not take it. Please order it again"],
  order_new: ["새 지시: {text}", "New order: {text}"],
  order_answered: ["{who}의 답변: {text}", "{who} answered: {text}"],
  played: ["시연이 담당 부서를 대신합니다", "The demonstration plays those in charge"],
  about: ["대상", "About"],
  attached: ["함께 온 화면", "Sent with it"],
  as_of: ["{at} 화면", "as of {at}"],
  answer: ["답변", "Answer"],
  answer_hint: ["답을 쓰거나 자판의 마이크로 말하세요", "Write, or use the keyboard's microphone"],
  answer_send: ["답하기", "Answer"],
  answer_seen: ["확인했습니다", "Seen and understood"],
  answer_leaving: ["현장으로 출발했습니다", "On the way there"],
  answer_later: ["검토 뒤 보고하겠습니다", "Will look into it and report"],
  answer_done: ["조치를 마쳤습니다", "It has been dealt with"],
  report_read: ["읽음", "Read"],
  report_done: ["완료", "Done"],
  remind: ["재촉하기", "Remind"],
  order_again: ["다시 지시", "Order again"],
  on_the_wall: ["벽에 띄우기", "Show on the wall"],
  give_order: ["지시하기", "Give order"],
  ask_report: ["보고 요청", "Ask for a report"],
  in_charge: ["담당 {who}", "in charge: {who}"],
  new_order: ["새 지시", "New order"],
  about_this: ["대상: {what}", "About: {what}"],
  about_nothing: ["특정 대상 없음", "About nothing in particular"],
  order_whom: ["누구에게", "Whom"],
  charged_first: ["담당과 근무 중인 사람이 앞에 있습니다", "in charge and on duty come first"],
  order_what: ["무엇을", "What"],
  order_when: ["언제까지", "By when"],
  order_with: ["함께 보낼 것", "With it"],
  attach_view: ["지금 벽 화면", "What the wall shows now"],
  order_text_hint: ["직접 쓰거나 자판의 마이크로 말하세요", "In your own words, or by the keyboard's microphone"],
  order_offline: ["연결되면 지시할 수 있습니다. 쓴 것은 그대로 있습니다", "Can be given when connected; what you wrote stays"],
  order_needs_whom: ["누구에게 지시할지 고르세요", "Choose whom to order"],
  order_needs_what: ["무엇을 지시할지 고르거나 쓰세요", "Choose or write what is to be done"],
  is_here: ["접속 중", "connected"],
  on_duty: ["근무 중", "on duty"],
  off_duty: ["근무 시간 아님", "off duty"],
  severity_critical: ["심각", "Critical"],
  severity_warning: ["경계", "Warning"],
  severity_caution: ["주의", "Caution"],
  severity_notice: ["관심", "Notice"],
  km_away: ["{n} km", "{n} km"],
  any_district: ["내 구역: 전체", "My area: all"],
  my_district: ["내 구역", "My area"],
  near_me: ["내 위치에서", "From here"],
  no_position: ["위치를 알 수 없습니다. 태블릿의 위치 권한을 확인하세요", "No position. Check the tablet's permission for it"],
  own_none: ["아직 고른 화면이 없습니다", "No panel chosen yet"],
  own_choose: ["화면 고르기", "Choose panels"],
  own_text: ["고른 화면을 벽과 따로 이 태블릿에서 봅니다", "Chosen panels are seen here, whatever the wall shows"],
  own_done: ["마치기", "Done"],
  all_panels: ["모든 화면", "All panels"],
  point: ["가리키기", "Point"],
  point_end: ["그만 가리키기", "Stop pointing"],
  point_hint: [
    "여기가 벽 전체입니다. 손가락을 대고 움직이면 벽에서 그 자리를 가리킵니다",
    "This is the whole wall. Touch and move: the wall shows where",
  ],
  larger: ["크게 보기", "Enlarge"],
  smaller: ["조작 보기", "Controls"],
  report_this: ["보고 요청", "Report"],
  order_this: ["지시하기", "Order"],
  wall_language: ["벽의 언어", "Language of the wall"],
  own_language: ["이 태블릿의 언어", "Language of this tablet"],
  as_the_wall: ["벽과 같이", "As the wall"],
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
  call_wall: ["벽에 통화", "Call the wall"],
  call_wall_sure: ["한 번 더 누르면 겁니다", "Press again to call"],
  call_wall_rings: ["벽에서 영상 통화가 왔습니다", "The wall is calling"],
  call_take_hint: ["받으면 이 태블릿의 카메라와 마이크가 켜집니다", "Taking it turns on this tablet's camera and microphone"],
  call_ringing_wall: ["벽에 거는 중", "Calling the wall"],
  call_connecting: ["잇는 중", "Connecting"],
  call_lost: ["통화가 끊겼습니다. 다시 잇는 중", "The call is cut. Trying again"],
  call_talking: ["통화 중 {time}", "In a call {time}"],
  call_about: ["{about}", "{about}"],
  call_other_window: ["다른 창에서 통화 중", "The call is in another window"],
  call_wall_hidden: ["벽 카메라 꺼짐", "The wall's camera is off"],
  call_wall_muted: ["벽 마이크 꺼짐", "The wall is muted"],
  call_missing: ["벽에 없음: {things}", "The wall has no {things}"],
  call_thing_camera: ["카메라", "camera"],
  call_thing_microphone: ["마이크", "microphone"],
  call_thing_loudspeaker: ["스피커", "loudspeaker"],
  call_not_allowed: ["카메라·마이크 사용이 허용되지 않았습니다. 브라우저 설정에서 허용하세요", "Camera or microphone is not allowed. Allow it in the browser's settings"],
  call_no_device: ["이 태블릿에서 카메라나 마이크를 쓸 수 없습니다", "This tablet's camera or microphone can't be used"],
  call_any: ["통화", "Call"],
  call_whom: ["누구에게 걸까요?", "Whom to call?"],
  call_nobody: ["걸지 않기", "Nobody"],
  call_peer_rings: ["{name}에서 영상 통화가 왔습니다", "{name} is calling"],
  call_ringing_peer: ["{name}에 거는 중", "Calling {name}"],
  call_the_wall: ["벽", "The wall"],
  call_several_ring: ["벽에서 회의에 부릅니다", "The wall calls you to a conference"],
  call_with: ["참여 중: {names}", "In it: {names}"],
  call_called: ["부르는 중: {names}", "Ringing: {names}"],
  call_take_hint_several: ["받으면 모두가 서로 보고 듣습니다", "Taking it, all see and hear each other"],
  call_camera_is_off: ["카메라 꺼짐", "Camera off"],
  call_is_muted: ["마이크 꺼짐", "Muted"],
  call_waits: ["잇는 중", "Connecting"],
  call_here: ["여기서 계속", "Go on here"],
  call_take: ["받기", "Take"],
  call_decline: ["거절", "Decline"],
  call_give_up: ["그만 걸기", "Give up"],
  call_end: ["끊기", "Hang up"],
  call_mute: ["마이크 끄기", "Mute"],
  call_unmute: ["마이크 켜기", "Unmute"],
  call_hide: ["카메라 끄기", "Camera off"],
  call_show: ["카메라 켜기", "Camera on"],
  call_larger: ["크게", "Larger"],
  call_smaller: ["작게", "Smaller"],
  call_camera_on: ["내 카메라 켜짐", "My camera on"],
  call_camera_off: ["내 카메라 꺼짐", "My camera off"],
  call_microphone_on: ["내 마이크 켜짐", "My microphone on"],
  call_microphone_off: ["내 마이크 꺼짐", "My microphone off"],
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

let own = localStorage.getItem("language") ?? "";
let walls = navigator.language?.startsWith("en") ? "en" : "ko";
let language = own || walls;

function setLanguage() {
  language = own || walls;
  document.documentElement.lang = language;
}

// The wall's language is this page's, unless this tablet has one of its own.
export function followWall(wanted) {
  walls = wanted;
  setLanguage();
}

// "ko", "en", or empty: as the wall.
export function ownLanguage() {
  return own;
}

export function chooseLanguage(wanted) {
  own = wanted;
  localStorage.setItem("language", wanted);
  setLanguage();
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

// "8/14"; a day by which something is due has no hour.
export function day(ms) {
  const then = new Date(ms);
  return `${then.getMonth() + 1}/${then.getDate()}`;
}

// "8/14 09:05"; of today the time alone.
export function dayTime(ms) {
  const then = new Date(ms);
  const time = then.toTimeString().slice(0, 5);
  const today = then.toDateString() === new Date().toDateString();
  return today ? time : `${day(ms)} ${time}`;
}
