/** The words of the page, in the first language of the browser that it knows. */

const TEXTS = {
  ko: {
    title: '알림 · 실시간 이벤트',
    connecting: '연결 중...',
    open: '연결됨',
    reconnecting: '연결 에러 발생, 재연결 시도 중...',
    closed: '연결이 종료되었습니다',
    stop: '연결 끊기',
    resume: '다시 연결',
    tagline: '한 번 보내면 모두에게',
    listeningTo: '듣는 중:',
    everything: '모든 토픽',
    topicHint: 'orders/{id} 같은 템플릿도 됩니다. 비워 두면 모두 듣습니다.',
    names: '이벤트 이름',
    namesHint: '이름 없는 이벤트 말고도 들을 이름을 쉼표로 구분해 주세요.',
    subscribe: '듣기',
    publish: '보내기',
    topic: '토픽',
    event: '이벤트 이름',
    unnamed: '없음',
    data: '내용',
    send: '알림 보내기',
    sending: '보내는 중...',
    sent: '보냈습니다',
    refused: '허브가 거절했습니다',
    unreachable: '허브에 연결할 수 없습니다. 잠시 뒤 다시 보내 주세요.',
    sameWithCurl: '같은 알림을 curl로',
    received: '받은 알림',
    clear: '비우기',
    empty: '아직 조용합니다. 첫 알림을 보내 보세요.',
    bound: (limit) => `최근 ${limit}개만 보여 줍니다.`,
    missed: '이 사이의 알림을 받지 못했습니다',
  },
  en: {
    title: 'Allim · live events',
    connecting: 'Connecting…',
    open: 'Connected',
    reconnecting: 'Connection error, reconnecting…',
    closed: 'Connection closed',
    stop: 'Disconnect',
    resume: 'Reconnect',
    tagline: 'Post once, everyone hears',
    listeningTo: 'Listening to',
    everything: 'every topic',
    topicHint: 'Templates such as orders/{id} work too. Leave it empty to hear all.',
    names: 'Event names',
    namesHint: 'Names to hear besides unnamed events, separated by commas.',
    subscribe: 'Listen',
    publish: 'Publish',
    topic: 'Topic',
    event: 'Event name',
    unnamed: 'none',
    data: 'Data',
    send: 'Send notification',
    sending: 'Sending…',
    sent: 'Sent',
    refused: 'The hub refused it',
    unreachable: 'The hub cannot be reached. Try again in a moment.',
    sameWithCurl: 'The same with curl',
    received: 'Received',
    clear: 'Clear',
    empty: 'All quiet. Send the first notification.',
    bound: (limit) => `Only the latest ${limit} are shown.`,
    missed: 'Notifications in between did not arrive',
  },
};

const known = navigator.languages.map((tag) => tag.split('-')[0]).find((tag) => tag in TEXTS);

export const language = known ?? 'en';
export const text = TEXTS[language];

/** Writes the words into every element that names one. */
export function localise(root) {
  root.documentElement.lang = language;
  root.title = text.title;
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = text[element.dataset.text];
  }
  for (const field of root.querySelectorAll('[data-placeholder]')) {
    field.placeholder = text[field.dataset.placeholder];
  }
}
